"""Local law: by-laws and their versions. So far what their promulgation says of them; texts and pages come with the module itself."""
