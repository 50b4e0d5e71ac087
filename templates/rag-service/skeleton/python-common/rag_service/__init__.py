"""A service that answers questions from your documents and names its sources."""
