"""The compiled reader: its C++ sources, and how they become a library."""
