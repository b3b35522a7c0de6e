@epic:data-quality
Feature: Data quality - Unit sanity
  No impossible conversion gets in, at any system.

  @URS-UOM-005
  Scenario Outline: An impossible conversion is refused: <why>
    Given product "Cream" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is 12 KGM, rounded half_up to 0.001
    And product "Cream" is in production
    When a conversion of 1 <from> of "Oil" to <factor> KGM is pushed to every system
    Then the impossible conversion is kept out of every system

    Examples:
      | why                        | from | factor   |
      | factor zero                | BX   | 0        |
      | negative factor            | BX   | -1/3     |
      | volume to mass             | LTR  | 1        |
      | length to mass             | MTR  | 2        |
      | time to mass               | HUR  | 1        |
      | 1 g is not 1/100 kg        | GRM  | 1/100    |
      | 1 t is not 100 kg          | TNE  | 100      |
      | the base unit itself       | KGM  | 2        |
      | no such unit               | Q7Q  | 2        |

  @URS-UOM-003
  Scenario: Two factors for one unit of one item are refused
    Given product "Cream" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is 12 KGM, rounded half_up to 0.001
    And product "Cream" is in production
    When two different conversions of BX of "Oil" are pushed to every system at once
    Then the inconsistent conversion is kept out of every system
