"""What is asked of a model and what comes back: situation, prompt, shell, prices — all of it pure."""
