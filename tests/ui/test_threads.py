"""Conversations of the pages: kept by an id that nobody guesses, bounded."""

from ui.threads import Threads, Turn, is_id

ID = "a" * 24


def test_turns_are_kept_by_conversation() -> None:
    threads = Threads()
    threads.keep(ID, [Turn("one"), Turn("two")])
    assert [turn.question for turn in threads.get(ID)] == ["one", "two"]
    assert threads.get("b" * 24) == ()
    threads.forget(ID)
    assert threads.get(ID) == ()


def test_the_least_used_conversation_goes_first() -> None:
    threads = Threads(kept=2)
    for n in range(3):
        threads.keep(f"{n}" * 24, [Turn(str(n))])
    assert threads.get("0" * 24) == ()
    assert threads.get("2" * 24)


def test_an_id_that_could_be_guessed_is_not_kept() -> None:
    threads = Threads()
    threads.keep("short", [Turn("x")])
    assert threads.get("short") == ()
    assert not is_id("../../../../etc/passwd")
    assert is_id("Abc-_" * 5)
