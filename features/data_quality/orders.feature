@epic:data-quality
Feature: Data quality - Orders
  No order is placed that nobody could carry out, and none ends with work left behind.

  Background:
    Given product "Cream" is in production

  @URS-DEP-002
  Scenario Outline: An order <flaw> is not placed
    When an order <flaw> is placed
    Then the order is refused because it is <flaw>

    Examples:
      | flaw                                  |
      | of an unknown item                    |
      | at an unknown site                    |
      | of an unknown variant                 |
      | in a unit that its item does not have |
      | of 0 C62                              |

  @URS-DEP-002
  Scenario: The number of an order is given once
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    When an order under the number of order "O1" is placed
    Then the order is refused because it is under the number of order "O1"

  @URS-DEP-002
  Scenario Outline: An order is not closed while <work> is open
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is <work>
    When closing of order "O1" is attempted
    Then it is not closed because operations are open

    Examples:
      | work      |
      | started   |
      | completed |
