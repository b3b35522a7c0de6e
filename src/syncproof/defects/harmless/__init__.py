"""What differs and is right all the same, one module per kind. None of it may raise an alarm."""
