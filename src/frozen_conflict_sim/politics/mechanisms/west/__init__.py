"""The West and other states: attention, sanctions, support, recognition."""
