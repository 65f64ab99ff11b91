"""The sections of a report, one file each: a function of the subject gives a section, or None if there is nothing to say."""
