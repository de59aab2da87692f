"""The library in a LangChain chain."""

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from index.filters import SearchFilters
from index.library import Library
from tests.factories import many


def test_it_is_a_retriever_whose_documents_say_where_they_stand(library: Library):
    library.add_documents(many(["SVN", "KHM"], 6))
    retriever = library.retriever(k=4, filters=SearchFilters(state=("KHM",)), scope="recommendations")
    assert isinstance(retriever, BaseRetriever)
    chain = retriever | RunnableLambda(lambda found: [one.metadata for one in found])
    found = chain.invoke("access to water")
    assert len(found) == 4
    for one in found:
        assert one["state"] == "KHM"
        cited = library.citation(one["key"], one["start"], one["end"])
        assert cited.paragraph == one["number"]


def test_the_vector_store_answers_langchain(library: Library):
    library.add_documents(many(["SVN"], 6))
    found = library.vector_store("recommendations").similarity_search("water", k=2)
    assert [one.page_content for one in found] == [one.id for one in found]
    assert len(found) == 2
