"""Federal statistics (measure 22): participants counted across, and the rows that the school retypes."""
