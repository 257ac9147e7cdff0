using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;
using Moat.Isms.Processes;

namespace Moat.Reports.Maps;

/// <summary>The process map as files.</summary>
[Process("processes", "The processes of the ISMS and what really flows between them (4.4).")]
public sealed class MapFiles(ProcessMap map)
{
    /// <summary>The map as a drawing.</summary>
    [Query("svg", Permission.ReadIsms, "The process map as a drawing (SVG) that stands alone")]
    public async Task<MadeFile> Drawing(ChoosePeriod input, CancellationToken ct)
    {
        var whole = await map.Of(input.From, input.To, ct);
        return new MadeFile(
            Name(whole, "svg"),
            "image/svg+xml",
            Encoding.UTF8.GetBytes(MapDrawing.Draw(whole, alone: true))
        );
    }

    /// <summary>The map for Graphviz.</summary>
    [Query("dot", Permission.ReadIsms, "The process map in the language of Graphviz (DOT)")]
    public async Task<MadeFile> Dot(ChoosePeriod input, CancellationToken ct)
    {
        var whole = await map.Of(input.From, input.To, ct);
        return new MadeFile(Name(whole, "dot"), "text/vnd.graphviz", Encoding.UTF8.GetBytes(MapDot.Write(whole)));
    }

    private static string Name(ProcessMapView map, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"processes-{map.To:yyyy-MM-dd}.{extension}");
}
