"""What a page shows, as plain values: cut, labelled and worded, but without any HTML."""
