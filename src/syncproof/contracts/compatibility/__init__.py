"""Whether two versions of a schema are compatible, proved, or where they are not, with documents that show it."""
