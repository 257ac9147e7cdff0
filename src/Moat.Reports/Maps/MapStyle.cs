namespace Moat.Reports.Maps;

/// <summary>
/// Colours of a drawing that stands alone, such as the one in the audit pack. On a page the style sheet gives them.
/// </summary>
internal static class MapStyle
{
    public const string Alone = """
        svg { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; } .paper { fill: #fff; }
        .h { font-size: 11.5px; font-weight: 650; letter-spacing: 1px; fill: #566273; } .h.plan { fill: #3550c9; } .h.do { fill: #08765a; } .h.check { fill: #96500a; } .h.act { fill: #862fa0; }
        .line { fill: none; stroke: #8492a6; } .casing { fill: none; stroke: #fff; } .quiet .line { stroke: #c3ccd8; stroke-dasharray: 3 4; } .broken .line { stroke: #d92d2d; stroke-dasharray: 8 5; }
        .tip { fill: #8492a6; } .tip.quiet { fill: #c3ccd8; } .tip.broken { fill: #d92d2d; }
        .box { fill: #fff; stroke: #8492a6; stroke-width: 1.5; } .plan .box { stroke: #4263eb; } .do .box { stroke: #0a8f6a; } .check .box { stroke: #d97706; } .act .box { stroke: #9c36b5; }
        .n .t, .t { font-size: 12.5px; font-weight: 600; fill: #182433; } .s { font-size: 10.5px; fill: #566273; } .s.none { fill: #b42318; }
        .b { fill: #e6e9ee; } .b.d { fill: #4263eb; } .b.o { fill: #0a8f6a; } .b.i { fill: #9c36b5; }
        circle.mark { fill: #d92d2d; } text.mark { font-size: 10.5px; font-weight: 700; fill: #fff; }
        """;
}
