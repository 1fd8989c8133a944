"""The frame of Tradecontact: settings, root URLs and leaf helpers that import no app."""
