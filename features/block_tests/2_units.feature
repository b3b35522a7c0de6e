@epic:block-test-2
Feature: Block test 2 - Units of measure
  Change a component's conversion and prove that every system computes the same
  required quantities, with no silent rounding drift.

  @URS-UOM-001
  Scenario Outline: After a conversion change every system requires the same quantity
    Given product "Cream" needs <quantity> <unit> of "Oil" per 100 C62
    And 1 <unit> of "Oil" is <factor> KGM, rounded <rounding> to <increment>
    And product "Cream" is in production
    And order "O1" for <ordered> C62 of "Cream" at EAST is released
    When the conversion is changed to <new factor> KGM from 2027-03-10T06:00:00Z
    And business time is 2027-03-10T06:00:00Z
    Then every system requires <expected> KGM of "Oil" for order "O1"

    Examples: terminating and non-terminating factors
      | quantity | unit | factor | new factor | ordered | rounding | increment | expected |
      | 3        | BX   | 12     | 12.5       | 250     | half_up  | 0.001     | 93.75    |
      | 1        | BX   | 1/2    | 1/3        | 100     | half_up  | 0.001     | 0.333    |
      | 1        | BX   | 1/2    | 1/7        | 100     | half_up  | 0.000001  | 0.142857 |
      | 2        | BX   | 1/2    | 1/3        | 700     | up       | 0.001     | 4.667    |
      | 2        | BX   | 1/2    | 1/3        | 700     | down     | 0.001     | 4.666    |
      | 1        | BX   | 1      | 1/8        | 100     | half_even | 0.01     | 0.12     |
      | 3        | BX   | 1      | 1/3        | 100     | up       | 1         | 1        |

    Examples: so many that the sixth decimal of the factor counts
      | quantity | unit | factor | new factor | ordered | rounding | increment | expected |
      | 2        | BX   | 1/2    | 1/3        | 1000000 | half_up  | 0.001     | 6666.667 |

  @URS-UOM-002
  Scenario Outline: Quantities are exact through every level and rounded once
    Given product "Cream" is made from
      | level | parent | item  | quantity   | unit | scrap % | fixed |
      | 1     | Cream  | Bulk  | <per piece> | KGM  | 0       | no    |
      | 2     | Bulk   | Mix   | 1/3        | KGM  | <scrap> | no    |
      | 3     | Mix    | Salt  | 1/7        | KGM  | 0       | no    |
      | 2     | Bulk   | Cap   | <fixed>    | C62  | 0       | yes   |
      | 1     | Cream  | Seal  | <fixed>    | C62  | <scrap> | yes   |
    And product "Cream" is in production
    When order "O1" for <ordered> C62 of "Cream" at EAST is released
    Then every system requires the exactly computed quantities for order "O1"

    Examples:
      | per piece | scrap | fixed | ordered |
      | 0.21      | 0     | 1     | 100     |
      | 0.01      | 0     | 10    | 100     |
      | 0.01      | 2.5   | 10    | 333     |
      | 0.001     | 7     | 3     | 1000000 |
      | 1/3       | 0.1   | 1     | 7       |

  @URS-UOM-002
  Scenario Outline: Units that only come whole are rounded up once, at the end
    Given product "Cream" needs 1 C62 of "Drum" per <per> C62
    And "Drum" is counted in whole pieces, rounded up
    And product "Cream" is in production
    When order "O1" for <ordered> C62 of "Cream" at WEST is released
    Then every system requires <expected> C62 of "Drum" for order "O1"

    Examples:
      | per | ordered | expected |
      | 12  | 60      | 5        |
      | 12  | 61      | 6        |
      | 250 | 1       | 1        |
      | 3   | 1000000 | 333334   |

  @URS-UOM-003
  Scenario: The conversion itself is the same record in every system
    Given product "Cream" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is 1/3 KGM, rounded half_up to 0.001
    And product "Cream" is in production
    When the conversion is changed to 1/7 KGM from 2027-03-10T06:00:00Z
    And business time is 2027-03-10T06:00:00Z
    Then the unit rules of "Oil" are identical in every system

  @URS-UOM-004
  Scenario Outline: The stated rounding policy decides in every system
    Given product "Cream" needs 1 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is <factor> KGM, rounded <rounding> to <increment>
    And product "Cream" is in production
    When order "O1" for 100 C62 of "Cream" at EAST is released
    Then every system requires <expected> KGM of "Oil" for order "O1"

    Examples: half-way, just below and just above, in each mode
      | factor    | rounding  | increment | expected |
      | 5/2       | half_up   | 1         | 3        |
      | 5/2       | half_even | 1         | 2        |
      | 7/2       | half_even | 1         | 4        |
      | 5/2       | up        | 1         | 3        |
      | 5/2       | down      | 1         | 2        |
      | 249/100   | half_up   | 1         | 2        |
      | 2001/1000 | up        | 1         | 3        |
      | 5/2       | half_up   | 0.5       | 2.5      |
      | 13/5      | half_up   | 0.5       | 2.5      |
      | 3         | down      | 1         | 3        |

  @URS-UOM-008
  Scenario Outline: The tolerance of the item decides what counts as a discrepancy
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And the tolerance of "Oil" is <tolerance> KGM
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started
    When <consumed> KGM of lot "L1" is consumed for order "O1"
    Then the consumption is <verdict> as the tolerance says

    Examples:
      | tolerance | consumed | verdict  |
      | 0         | 10       | accepted |
      | 0         | 10.001   | refused  |
      | 0.05      | 10.05    | accepted |
      | 0.05      | 10.0501  | refused  |

  @URS-UOM-010
  Scenario Outline: What was posted keeps its quantity when the conversion changes
    Given product "Cream" needs 3 BX of "Oil" per 100 C62
    And 1 BX of "Oil" is <factor> KGM, rounded half_up to 0.001
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started
    And 2 BX of lot "L1" is posted to order "O1"
    When the conversion is changed to <new factor> KGM from 2027-03-10T06:00:00Z
    And business time is 2027-03-10T06:00:00Z
    Then every system still has <left> KGM of lot "L1"
    And order "O1" takes <open> KGM more of lot "L1" and not <more>

    Examples:
      | factor | new factor | left   | open   | more   |
      | 12     | 12.5       | 26     | 12     | 12.001 |
      | 12.125 | 12         | 25.75  | 12.125 | 12.126 |

  @URS-UOM-011
  Scenario Outline: The output of an order is the sum of its lots, to the last decimal
    Given product "Cream" is measured in KGM, rounded half_up to 0.001
    And product "Cream" is in production
    And order "O1" for <total> KGM of "Cream" at EAST is released
    When order "O1" is executed and its output reported in lots of <lots>
    Then the output of order "O1" and the sum of its lots are <total> KGM in every system

    Examples: three decimals, of which two and none would remain, and more than a thousand
      | lots                | total    |
      | 9.188, 9.188, 9.188 | 27.564   |
      | 1.005, 1.005        | 2.01     |
      | 0.333, 0.333, 0.334 | 1        |
      | 1234.567, 1000      | 2234.567 |

  @URS-UOM-011
  Scenario: What is consumed lot by lot adds up to what the order requires
    Given product "Cream" needs 27.564 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 20 KGM of "Oil" is in stock at EAST
    And lot "L2" of 20 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started
    When 9.188 KGM of lot "L1" is posted to order "O1"
    And 9.188 KGM of lot "L2" is posted to order "O1"
    Then every system still has 10.812 KGM of lot "L1"
    And every system still has 10.812 KGM of lot "L2"
    And order "O1" takes 9.188 KGM more of lot "L2" and not 9.189

  @URS-UOM-011
  Scenario Outline: A lot has the quantity that was received in every system, to the last decimal
    Given lot "L1" of <quantity> KGM of "Oil" is in stock at EAST
    Then every system still has <quantity> KGM of lot "L1"

    Examples:
      | quantity |
      | 0.001    |
      | 1234.567 |
