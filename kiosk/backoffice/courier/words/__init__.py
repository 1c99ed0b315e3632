"""What the courier's page says, in the courier's language: one module a language."""

from kiosk.backoffice.courier.words import ar, de, en, es, fr, it, ja, nl
from kiosk.backoffice.vocabulary import Vocabulary

WORDS = Vocabulary.of_modules(ar, de, en, es, fr, it, ja, nl)

words_in = WORDS.words_in
