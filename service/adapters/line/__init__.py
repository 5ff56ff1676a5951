"""What the LINE service keeps: events until they are answered, cases until they are forgotten."""
