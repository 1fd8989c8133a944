"""Where: provinces, regencies and cities, their cooperative offices and officers."""
