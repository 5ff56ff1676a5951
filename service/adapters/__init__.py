"""Files and other things outside the program."""
