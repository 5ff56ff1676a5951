"""An answer as JSON, as a terminal page, as a card."""
