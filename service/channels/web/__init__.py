"""Pages for browsers: templates, styles and scripts of our own, and the routes that fill them."""
