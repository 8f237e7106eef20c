"""How a body publishes, as its local law fixes it: the form that counts, its legal basis, holidays of the place, inspection and copies."""
