"""Products: what they are made of, and their way into production."""

from decimal import Decimal
from fractions import Fraction

from pytest_bdd import given

from fixtures.governance import Governance
from fixtures.instants import INITIAL
from fixtures.products import Line, Products
from steps.vocabulary import phrase
from syncproof import model as m

YES = {"yes": True, "no": False}


@given(phrase("product {product:Name} is in production"))
def _(products: Products, governance: Governance, clock, product: str) -> None:
    governance.release(f"introduce {product}", products.initial_masters(product), INITIAL)


@given(phrase("product {product:Name} is withdrawn from {date:Effectivity}"))
def _(products: Products, governance: Governance, product: str, date) -> None:
    governance.release(f"withdraw {product}", [products[product].withdrawn("B")], date)


@given(phrase("product {product:Name} needs {amount:Number} {unit:Unit} of {component:Name} per {per:Number} C62"))
def _(products: Products, product: str, amount: str, unit: str, component: str, per: str) -> None:
    item = products.component(component, "KGM" if unit == "BX" else unit).item
    products[product].needs(item, Fraction(amount) * 100 / Fraction(per), unit, op_no="10")


@given(
    phrase("product {product:Name} needs {amount:Number} KGM of {component:Name} per 100 C62 at operation {op_no:Op}")
)
def _(products: Products, product: str, amount: str, component: str, op_no: str) -> None:
    products[product].needs(products.component(component).item, Fraction(amount), "KGM", op_no=op_no)


@given(phrase("operations {ops:Ops} of product {product:Name} are all called {name:Name}"))
def _(products: Products, ops: list[str], product: str, name: str) -> None:
    products[product].op_names = dict.fromkeys(ops, name)


@given(phrase("product {product:Name} is measured in {unit:Unit}, rounded {mode:w} to {increment:Number}"))
def _(products: Products, product: str, unit: str, mode: str, increment: str) -> None:
    products[product].base_unit = unit
    products[product].rounding = m.RoundingPolicy(mode=mode, increment=Decimal(increment))


@given(phrase("product {product:Name} is made from"))
def _(products: Products, product: str, datatable: list[list[str]]) -> None:
    for _level, parent, name, amount, unit, scrap, fixed in datatable[1:]:
        made = products[product] if parent == product else products.component(parent)
        line = Line(
            products.component(name, unit).item,
            Fraction(amount) * (100 if parent == product and fixed == "no" else 1),
            unit,
            scrap_percent=Decimal(scrap),
            fixed=YES[fixed],
        )
        made.lines.append(line)


@given(
    phrase("1 {unit:Unit} of {component:Name} is {factor:Number} {base:Unit}, rounded {mode:w} to {increment:Number}")
)
def _(products: Products, unit: str, component: str, factor: str, base: str, mode: str, increment: str) -> None:
    products.component(component, base).set_rules(
        conversions=(conversion(unit, factor),),
        rounding=m.RoundingPolicy(mode=mode, increment=Decimal(increment)),
    )


def conversion(unit: str, factor: str) -> m.Conversion:
    exact = Fraction(factor)
    return m.Conversion(from_unit=unit, numerator=exact.numerator, denominator=exact.denominator)


@given(phrase("{component:Name} is counted in whole pieces, rounded up"))
def _(products: Products, component: str) -> None:
    products.component(component, "C62").set_rules(rounding=m.RoundingPolicy(mode="up", increment=Decimal(1)))


@given(phrase("the tolerance of {component:Name} is {tolerance:Number} {unit:Unit}"))
def _(products: Products, component: str, tolerance: str, unit: str) -> None:
    products.component(component, unit).set_rules(tolerance=Decimal(tolerance))
