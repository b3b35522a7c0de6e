@epic:back-out
Feature: Cancelling an order
  What hangs on an order ends with it; what it has moved is not left behind.

  Background:
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST

  @URS-BCK-002
  Scenario: Nothing stays promised to a cancelled order, and nobody starts it
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And 40.5 KGM of lot "L1" are allocated to order "O1"
    When order "O1" is cancelled
    Then order "O1" is Cancelled in every system
    And what was promised of lot "L1" to order "O1" is free again
    And operation 10 of the cancelled order "O1" cannot be started

  @URS-BCK-002
  Scenario: Every lot that was promised to a cancelled order is free again, and none is promised anew
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L2" of 30 KGM of "Oil" is in stock at EAST
    And 40.5 KGM of lot "L1" are allocated to order "O1"
    And 12 KGM of lot "L2" are allocated to order "O1"
    When order "O1" is cancelled
    Then order "O1" is Cancelled in every system
    And what was promised of lot "L1" to order "O1" is free again
    And what was promised of lot "L2" to order "O1" is free again
    And the cancelled order "O1" gets nothing more of lot "L1"

  @URS-AUD-008
  Scenario: The record of a cancelled allocation keeps its lot
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And 40.5 KGM of lot "L1" are allocated to order "O1"
    When order "O1" is cancelled
    Then the audit trail of lot "L1" names what order "O1" was promised and gave back

  @URS-BCK-003
  Scenario Outline: An order that <has moved> is not cancelled unless all of it is reversed
    Given order "O1" for 100 C62 of "Cream" at EAST <has moved> at 2027-02-10T06:00:00Z
    When cancellation of order "O1" is attempted
    Then the cancellation of order "O1" is refused, or all that it moved is reversed in every system

    Examples:
      | has moved                               |
      | consumes lot "L1"                       |
      | consumes lot "L1" and produces lot "P1" |

  @URS-BCK-003
  Scenario: An order that material was issued to is not cancelled unless it is given back
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And 10 KGM of lot "L1" are issued to order "O1"
    When cancellation of order "O1" is attempted before it starts
    Then the cancellation of order "O1" is refused, or what was issued of lot "L1" is in stock again
