"""The legal rules of a body: which version of the profile of its Land it has adopted, and what it has entered itself."""
