"""The contexts of templates: handlers fill these, templates read nothing else."""
