"""Local law: by-laws and their versions, as promulgation enters them, with a public page of each. Texts come with the module itself."""
