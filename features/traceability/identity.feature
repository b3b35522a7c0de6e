@epic:traceability
Feature: Identity
  One material, one identity; identifiers survive every system as they are.

  @URS-TRC-002
  Scenario: The same material has one identity in every system
    Given product "Cream" is in production
    Then every system knows "Cream" by the same identity, GTIN and cross-references

  @URS-IDN-001
  Scenario Outline: An identifier <with> is the same in every system
    Given a material whose identifier is <identifier>
    Then every system finds it by <identifier> and keeps it apart from <another>

    Examples:
      | with                      | identifier      | another       |
      | with leading zeros        | "000123"        | "123"         |
      | with lower case           | "Mix-a"         | "Mix-b"       |
      | with an inner blank       | "MIX 10"        | "MIX10"       |
      | with a slash              | "MIX/10"        | "MIX-10"      |
      | with a percent sign       | "MIX%2F1"       | "MIX/1"       |
      | with an umlaut            | "GEMÜSE"        | "GEMUSE"      |

  @URS-IDN-001
  Scenario Outline: Lot identifiers are normalised <how> in every system
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And lot "Ü1" of 5 KGM of "Oil" is in stock at EAST
    Then every system finds lot "Ü1" when it is asked for <how>

    Examples:
      | how                     |
      | in lower case           |
      | with outer blanks       |
      | in decomposed Unicode   |

  @URS-IDN-001
  Scenario Outline: Identifiers of orders are normalised <how> in every system
    Given product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    Then every system finds order "O1" when it is asked for <how>

    Examples:
      | how               |
      | with outer blanks |

  @URS-TRC-004
  Scenario Outline: Scans are validated by the synchronised rules: <barcode>
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And "Oil" has a GTIN
    And product "Cream" is in production
    And lot "L1" of 5 KGM of "Oil" is in stock at EAST
    When <barcode> of lot "L1" is scanned in execution and warehouse
    Then the scan is <verdict> in both

    Examples:
      | barcode                                   | verdict  |
      | a GS1 barcode                             | accepted |
      | a GS1 barcode with serial after separator | accepted |
      | a GS1 barcode with a wrong check digit    | refused  |
      | a GS1 barcode without separator           | refused  |
      | the bare lot number                       | accepted |
      | a lot number that does not exist          | refused  |
      | a GS1 barcode of another item             | refused  |

  @URS-TRC-004
  Scenario: Lot rules are the same in every system and keep bad identifiers out
    Then the lot identity rule is identical in every system
    And a lot whose identifier breaks the rule is refused

  @URS-TRC-004
  Scenario Outline: Output is reported under no lot number that is <fault>
    Given product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When a lot whose number is <fault> is reported as output of order "O1"
    Then the output is refused because of the number of its lot

    Examples:
      | fault                  |
      | too short              |
      | too long               |
      | of a foreign character |
