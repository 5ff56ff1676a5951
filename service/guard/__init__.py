"""Nothing reaches a person but through here: an answer becomes a reply."""
