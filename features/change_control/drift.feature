@epic:change-control
Feature: Silent drift is detected
  An uncontrolled parallel edit leaves a difference that is found.

  @URS-CHG-007
  Scenario Outline: An edit behind the back of change control in <system> is found
    Given product "Cream" is in production
    When the bom of "Cream" is edited in <system> behind the back of change control
    Then the drift report names the bom of "Cream" in <system> and nothing else

    Examples:
      | system    |
      | execution |
      | warehouse |
      | quality   |
