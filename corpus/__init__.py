"""What the documents say: file -> Document (paragraphs, recommendations, amounts), tagged."""
