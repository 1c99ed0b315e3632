"""Names of streets that no city has: trades, small things, birds, and people who never lived."""

import random


def _words(text: str) -> list[str]:
    return text.split()


_DE_LA = _words("""
    Mappemonde Marelle Navette Veilleuse Girouette Gouttière Rampe Dentelle Loupe Péniche
    Libellule Mésange Tirelire Plume-Grise Bobine Théière Bouilloire Cymbale Clepsydre
    Corbeille-Bleue Palissade Soupente Véranda Tonnelle Cafetière Marmite-de-Fer Malle-Ouverte
    Pelote Cerise-Amère Poire-Tapée Reinette Bergeronnette Fauvette-Brune Grive-Muette
    Lanterne-Double Virgule Cédille Parenthèse Gomme Craie-Tendre Fenêtre-Basse Mansarde
    Persienne-Verte Porte-Étroite
""")
_DU = _words("""
    Grand-Buvard Métronome Cerf-Volant Fil-de-Soie Chapeau-de-Paille Balcon-Bleu Heurtoir
    Papier-Marbré Réverbère-Penché Lavoir-Neuf Bac-à-Sel Loriot Roitelet Martin-Clair
    Compas-d'Or Dé-d'Argent Carillon-Lent Paravent Tabouret Guéridon Samovar Thermomètre
    Baromètre-Faux Coquetier Sucrier Moulin-à-Poivre Four-Tiède Levain Pain-d'Avoine
    Petit-Encrier Sablier-Plein Gramophone Kaléidoscope Télescope-Bas Timbre-Sec Cachet-Rouge
    Vieux-Tilleul Cognassier Néflier Sureau-Noir Houx-Clair Panier-Percé Peigne-de-Corne
    Miroir-Piqué Savon-Noir Tapis-Volé Point-Virgule Trait-d'Union
""")
_DES = _words("""
    Papillotes Trois-Encriers Paravents Aquarelles Ombrelles Boussoles Deux-Théières Fuseaux
    Bobines Girouettes Persiennes Mansardes Espagnolettes Carreaux-Blancs Émailleurs Souffleurs
    Relieurs-Gris Typographes Enlumineurs Ciriers Bougies Lampistes Lanterniers Haleurs
    Blanchisseuses Nénuphars Roseaux-Coupés Quatre-Lampes Six-Tasses Sept-Marches Neuf-Clefs
    Tamis Rabots Vernisseurs Ébénistes-Neufs Canneurs Vanniers-d'Osier Potières Faïenciers
    Tourneurs Doreuses Brodeuses Passementiers Chapelières Gantières Cordiers-d'Eau Voiliers
    Luthières Horlogères Opticiens-Anciens Semeurs Pépins Noyaux Confituriers Herboristes
    Torréfacteurs Deux-Renards Trois-Pinsons Cigognes-Noires Moineaux Lézards-Verts Coccinelles
    Ricochets Osselets Toupies Billes-de-Verre Échelles-Longues Parapluies Gants-Perdus
    Boutons-de-Nacre Bas-Nuages Brouillards-Clairs Premières-Neiges Contre-Allées-Douces
""")
_DE_L = _words("""
    Abat-Jour Encorbellement Écluse-Basse Arrosoir Édredon Escabeau Étagère Éventail-Peint
    Ardoise-Fine Œillet-Blanc Oseille Origan Orge-Mondé Orange-Sanguine Ortie-Blanche Ocarina
    Horloge-Muette Hameçon Herbier Harmonium Aiguille-Courbe Almanach Alambic-Froid
    Accordéon-Rouge Estampe Émail-Cru Entre-Deux Estragon Églantier Épinette Escargot-Lent
    Étourneau
""")
_FIRST = _words("""
    Honorine Célestin Ondine Achille Clémence Firmin Apolline Barnabé Hortense Anatole Philomène
    Gédéon Léocadie Octave-Jean Sidonie Théodule Adèle Marcellin Eulalie Fulbert Irénée Zélie
    Ambroise Cyprien Octavie Basile Noémie Valère Rosalie Prosper-Luc Albertine Désiré Euphrasie
    Gaspard Justine Évariste Blandine Lazare Mathurine Népomucène
""")
_LAST = _words("""
    Vasseur Taillandry Corbillon Marchepied Desvignolles Quentelin Bourdelais Hautecloque
    Périvier Lacassaigne Montbrelot Varenchon Delombre Sauvageot-Rey Trémolin Bellanglois
    Fauvernier Chantemelle Roquencourtel Dutilloy Grandvallier Malicornet Pontabry Estrevel
    Aubrecy Cassandrier Villemontois Barberousset Loiseleux Tournebride Valombré Cardinot
    Maurepin Peyrolles-Duc Fontenoux Silvabelle Hurtebise-Roy Charmoisin
""")


_PETIT = ("Petit", "Vieux", "Grand", "Bon")
_PETITE = ("Petite", "Vieille", "Haute", "Belle")


def _with_epithets(rng: random.Random) -> list[str]:
    """ "du Petit-Samovar", "de la Belle-Girouette": the simple things once more, with a word."""
    named = [f"du {rng.choice(_PETIT)}-{n}" for n in _DU if "-" not in n]
    named += [f"de la {rng.choice(_PETITE)}-{n}" for n in _DE_LA if "-" not in n]
    return named


def street_names(rng: random.Random) -> list[str]:
    """Names without their kind ("de la Lucarne", "Honorine-Vasseur"), shuffled, no two alike."""
    named = [
        *(f"de la {n}" for n in _DE_LA),
        *(f"du {n}" for n in _DU),
        *(f"des {n}" for n in _DES),
        *(f"de l’{n}" for n in _DE_L),
        *_with_epithets(rng),
    ]
    named = [n.replace("'", "’") for n in named]
    people: set[str] = set()
    while len(people) < 620:
        people.add(f"{rng.choice(_FIRST)}-{rng.choice(_LAST)}")
    rest = sorted(people)
    rng.shuffle(named)
    rng.shuffle(rest)
    # Taken from the end: the long streets get a thing more often than a person.
    both: list[str] = []
    while named or rest:
        source = named if named and (not rest or rng.random() < 0.62) else rest
        both.append(source.pop())
    return both[::-1]
