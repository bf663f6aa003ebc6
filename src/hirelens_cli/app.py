"""What a notebook imports, and where ports meet their implementations."""
