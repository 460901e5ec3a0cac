package io.holdfast.docs.demo;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** What the sample shop's people, places and goods are called. */
final class Words {

  static final List<String> FIRST_NAMES = List.of(
      "Anna",
      "Ben",
      "Clara",
      "David",
      "Elena",
      "Filip",
      "Greta",
      "Hugo",
      "Ida",
      "Jonas",
      "Karin",
      "Lars",
      "Marta",
      "Nils",
      "Olga",
      "Paul",
      "Quentin",
      "Rosa",
      "Sven",
      "Teresa",
      "Ulla",
      "Victor",
      "Wanda",
      "Xaver",
      "Yara",
      "Zoé",
      "Bjørn",
      "Chloë",
      "Jürgen",
      "Agnieszka");

  static final List<String> LAST_NAMES = List.of(
      "Andersen",
      "Bauer",
      "Costa",
      "Dubois",
      "Eriksson",
      "Fischer",
      "García",
      "Hansen",
      "Ivanova",
      "Jansen",
      "Kowalski",
      "Lindqvist",
      "Moreau",
      "Novák",
      "O'Brien",
      "Peeters",
      "Rossi",
      "Schmidt",
      "Silva",
      "Torres",
      "Vermeer",
      "Weber",
      "Wójcik",
      "Zimmermann");

  static final List<String> MAIL_DOMAINS =
      List.of("example.com", "example.net", "example.org", "mail.example");

  static final List<String> STREETS = List.of(
      "Bahnhofstraße",
      "Rue de la Gare",
      "Calle Mayor",
      "Kerkstraat",
      "Storgatan",
      "Via Roma",
      "Main Street",
      "Parkvej",
      "Lipowa",
      "Rua das Flores");

  static final List<String> CITIES = List.of(
      "Berlin/DE",
      "Hamburg/DE",
      "Leipzig/DE",
      "Paris/FR",
      "Lille/FR",
      "Nantes/FR",
      "Madrid/ES",
      "Valencia/ES",
      "Utrecht/NL",
      "Haarlem/NL",
      "Malmö/SE",
      "Uppsala/SE",
      "Turin/IT",
      "Bologna/IT",
      "Cork/IE",
      "Aarhus/DK",
      "Poznań/PL",
      "Łódź/PL",
      "Porto/PT",
      "Graz/AT",
      "Ghent/BE",
      "Brno/CZ",
      "Turku/FI");

  static final List<String> CATEGORIES = List.of(
      "Camping: Tents, Sleeping bags, Stoves, Lanterns",
      "Cycling: Helmets, Panniers, Pumps, Bells",
      "Climbing: Ropes, Harnesses, Carabiners",
      "Kitchen: Kettles, Knives, Pans, Thermos flasks",
      "Travel: Backpacks, Suitcases, Adapters");

  static final List<String> SUPPLIERS = List.of(
      "Nordwind Outdoor",
      "Van Dijk Metaal",
      "Officine Bianchi",
      "Tatra Gear",
      "Polaris Textil",
      "Brightfire",
      "Huber & Söhne",
      "Delta Components",
      "Fjordline",
      "Casa Verde",
      "Steelworks 1908",
      "Lumen Labs",
      "Alpina Seile",
      "Kopernik",
      "Baltic Canvas",
      "Rhône Plastique",
      "Ostara",
      "Meridian",
      "Pine & Oak",
      "Windrose");

  static final List<String> ADJECTIVES = List.of(
      "Compact", "Classic", "Alpine", "Light", "Rugged", "Urban", "Storm", "Trail", "Pro", "Easy");

  static final List<String> VOUCHERS = List.of(
      "WELCOME5",
      "SPRING10",
      "SUMMER15",
      "AUTUMN10",
      "WINTER20",
      "BIKEDAY",
      "CAMP2023",
      "CAMP2024",
      "FRIENDS",
      "SORRY10",
      "STUDENT",
      "LOYAL25");

  static final List<String> NOTES = List.of(
      "Please leave it with the neighbours.",
      "Ring twice.",
      "It is a present, no invoice in the box.",
      "Deliver after 17:00.",
      "Call before delivery.");

  static final List<String> PRAISE = List.of(
      "Does what it should.",
      "Better than expected.",
      "Second one I bought.",
      "Light and sturdy.",
      "Fast delivery, good quality.",
      "Fits perfectly.",
      "My kids love it.");

  static final List<String> COMPLAINTS = List.of(
      "Smaller than in the picture.",
      "Broke after two weeks.",
      "The colour is off.",
      "Instructions only in Swedish.",
      "Not worth the price.");

  private Words() {}

  /** Letters without accents, in lower case: fit for a mail address. */
  static String ascii(String name) {
    return Normalizer.normalize(name.replace('ł', 'l').replace('ø', 'o'), Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }

  /** {@code Tents} is {@code Tent}, {@code Knives} is {@code Knife}. */
  static String singular(String plural) {
    if (plural.equals("Knives")) {
      return "Knife";
    }
    return plural.substring(0, plural.length() - (plural.endsWith("sses") ? 2 : 1));
  }
}
