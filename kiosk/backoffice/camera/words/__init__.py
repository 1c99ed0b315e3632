"""What the camera's parts of the courier's and the buyer's pages say: one module a language."""

from kiosk.backoffice.camera.words import ar, de, en, es, fr, it, ja, nl
from kiosk.backoffice.vocabulary import Vocabulary

_MODULES = (ar, de, en, es, fr, it, ja, nl)

# What the courier reads, what the buyer is asked about the window, and what is said of the picture
# on the buyer's page.
words_in = Vocabulary.of_modules(*_MODULES, table="COURIER").words_in
buyer_words_in = Vocabulary.of_modules(*_MODULES, table="ASKED").words_in
street_words_in = Vocabulary.of_modules(*_MODULES, table="STREET").words_in
