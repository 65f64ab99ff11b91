"""What a user would pick instead: each peer plays the same work, and only the way of running it differs."""
