using Moat.Hosting;

namespace Moat.Tests;

/// <summary>An installation without its web server needs no web framework.</summary>
public sealed class HostingTests
{
    /// <summary>Packages that are called so and are not of the web: keys and accounts.</summary>
    private static readonly string[] NotOfTheWeb =
    [
        "Microsoft.AspNetCore.DataProtection",
        "Microsoft.AspNetCore.Cryptography",
        "Microsoft.AspNetCore.Identity.EntityFrameworkCore",
    ];

    [Fact]
    public void Nothing_of_the_web_is_below_the_server()
    {
        var below = new Queue<System.Reflection.Assembly>([typeof(MoatHosting).Assembly]);
        var seen = new HashSet<string>();
        var web = new List<string>();
        while (below.TryDequeue(out var assembly))
            foreach (var name in assembly.GetReferencedAssemblies())
                if (!seen.Add(name.Name!))
                    continue;
                else if (name.Name!.StartsWith("Moat.", StringComparison.Ordinal))
                    below.Enqueue(System.Reflection.Assembly.Load(name));
                else if (name.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
                    web.Add(name.Name);
        Assert.Contains("Moat.Isms", seen);
        Assert.DoesNotContain("Moat.Server", seen);
        Assert.DoesNotContain(web, w => !NotOfTheWeb.Any(n => w.StartsWith(n, StringComparison.Ordinal)));
    }

    [Fact]
    public void Commands_use_the_server_for_what_listens_only() =>
        Assert.Equal(
            ["DemoCommand.cs", "ServeCommand.cs", "WitnessCommand.cs"],
            SourceTree
                .Read("src/Moat.Cli", ".cs")
                .Where(s => s.Text.Contains("Moat.Server", StringComparison.Ordinal))
                .Select(s => Path.GetFileName(s.Path))
                .Order(StringComparer.Ordinal)
        );
}
