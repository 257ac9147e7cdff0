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
}
