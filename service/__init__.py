"""The advisor: a message comes in, deterministic rules judge it, a reply goes out."""
