namespace Moat.Reports.Maps;

/// <summary>A point of a drawing.</summary>
public readonly record struct Spot(double X, double Y);

/// <summary>A box of a drawing.</summary>
public sealed record Box(string Id, double X, double Y, double Width, double Height);

/// <summary>A line from one box to another: horizontal and vertical pieces in turn.</summary>
public sealed record Track(string From, string To, IReadOnlyList<Spot> Spots);

/// <summary>A node to place: its column is given, its row is found.</summary>
public sealed record MapNode(string Id, int Column);

/// <summary>What leads from one node to another.</summary>
public sealed record MapEdge(string From, string To);

/// <summary>A graph laid out in columns: boxes on a grid, lines in the channels between them.</summary>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
/// <param name="Boxes">The boxes.</param>
/// <param name="Tracks">The lines, in the order of the edges given.</param>
/// <param name="Columns">The middle of each column.</param>
public sealed record MapPlan(
    double Width,
    double Height,
    IReadOnlyList<Box> Boxes,
    IReadOnlyList<Track> Tracks,
    IReadOnlyList<double> Columns
)
{
    /// <summary>Lays a graph out. The same graph gives the same plan.</summary>
    public static MapPlan Of(IReadOnlyList<MapNode> nodes, IReadOnlyList<MapEdge> edges, MapMeasures measures)
    {
        var slots = new MapSlots(nodes, edges);
        var router = new MapRouter(slots, edges);
        return new MapTuning(slots, router, measures).Plan();
    }
}

/// <summary>Sizes of a drawing.</summary>
public sealed record MapMeasures
{
    /// <summary>Width of a box.</summary>
    public double BoxWidth { get; init; } = 134;

    /// <summary>Height of a box.</summary>
    public double BoxHeight { get; init; } = 74;

    /// <summary>Between two lines in a channel.</summary>
    public double Lane { get; init; } = 6;

    /// <summary>Between a box and the first line beside it.</summary>
    public double Clear { get; init; } = 14;

    /// <summary>The least between two boxes.</summary>
    public double LeastGap { get; init; } = 34;

    /// <summary>Around everything.</summary>
    public double Margin { get; init; } = 8;

    /// <summary>Room for the headings of columns.</summary>
    public double Top { get; init; } = 34;
}
