"""The parent: alienation and acceptance, its course, its public, its elections."""
