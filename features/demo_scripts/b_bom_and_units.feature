@epic:demo-script-b
Feature: Demo script B - BOM and unit integrity under stress
  Shown live: a changed conversion, equal quantities everywhere, and an invalid
  conversion that is refused.

  Background:
    Given product "Cream" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is 12 KGM, rounded half_up to 0.001
    And product "Cream" is in production

  @URS-UOM-001
  Scenario: Required quantities match in every system after the change
    Given order "O1" for 250 C62 of "Cream" at EAST is released
    When the conversion is changed to 37/3 KGM from 2027-03-10T06:00:00Z
    And business time is 2027-03-10T06:00:00Z
    Then every system requires 92.5 KGM of "Oil" for order "O1"

  @URS-UOM-006
  Scenario Outline: An invalid conversion is rejected and audited
    When a conversion of 1 <from> of "Oil" to <factor> <base> is pushed to every system
    Then the invalid conversion is rejected by every system
    And the rejection is in every system's audit trail

    Examples:
      | from | factor | base |
      | BX   | 0      | KGM  |
      | BX   | -12    | KGM  |
      | LTR  | 1      | KGM  |
      | GRM  | 1/100  | KGM  |
