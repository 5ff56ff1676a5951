"""The open measure: labelled messages judged, counted and explained."""
