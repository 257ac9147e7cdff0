using Moat.Isms;

namespace Moat.Tests;

/// <summary>The ISMS is a house with floors: nothing on one of them knows what is built above it.</summary>
public sealed class FloorTests
{
    private static readonly List<UseOfFolder> Uses = [.. UsesOfFolders.Read(typeof(MoatIsms).Assembly.Location)];

    [Fact]
    public void Every_folder_stands_on_a_floor() =>
        Assert.DoesNotContain(Uses.SelectMany(u => new[] { u.User, u.Used }), folder => Floors.Of(folder) is null);

    [Fact]
    public void No_folder_uses_one_on_its_own_floor_or_above()
    {
        var wrong = (
            from use in Uses
            where !Floors.MayUse(use.User, use.Used)
            orderby use.User, use.Used
            select $"{use.User} -> {use.Used}: {use.Where}; {Floors.Allowed(use.User)}."
        ).ToList();
        if (wrong.Count > 0)
            Assert.Fail(string.Join('\n', wrong));
    }

    [Fact]
    public void The_document_draws_the_floors_as_they_are()
    {
        var floors = Floors.All.Index().Reverse().Select(f => $"    f{f.Index}[\"{f.Item.Name}: {Rooms(f.Item)}\"]");
        var steps = Enumerable.Range(1, Floors.All.Length - 1).Reverse().Select(i => $"    f{i} --> f{i - 1}");
        var lines = floors.Concat(steps);
        WrittenTable.Check(
            "architecture.md",
            "<!-- floors -->\n",
            "<!-- /floors -->",
            $"\n```mermaid\nflowchart TB\n{string.Join('\n', lines)}\n```\n\n"
        );
    }

    private static string Rooms((string Name, string[] Folders) floor) => string.Join(", ", floor.Folders);
}
