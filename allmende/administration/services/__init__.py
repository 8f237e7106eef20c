"""What an administrator can change: the body, its parts, its people, its legal pages; and the first run."""
