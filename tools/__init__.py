"""What a work tree needs and the product does not: set-up, front end, test suite, translations. Nothing here is imported by `allmende`."""
