"""Chat and pages (`ui.pages.site` puts them together), and the words they share with exports."""
