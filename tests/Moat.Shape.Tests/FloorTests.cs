using Moat.Isms;

namespace Moat.Tests;

/// <summary>The ISMS is a house with floors: nothing on one of them knows what is built above it.</summary>
public sealed class FloorTests
{
    private static readonly string Isms = typeof(MoatIsms).Assembly.Location;

    [Fact]
    public void Every_folder_stands_on_a_floor() => Assert.Empty(
        UsesOfFolders.Read(Isms).SelectMany(u => new[] { u.User, u.Used }).Distinct().Where(f => Floors.Of(f) is null));

    [Fact]
    public void No_folder_uses_one_on_its_own_floor_or_above()
    {
        var wrong = (from use in UsesOfFolders.Read(Isms)
                    where !Floors.MayUse(use.User, use.Used) && !FloorsToday.StillUse.Contains((use.User, use.Used))
                    orderby use.User, use.Used
                    select $"{use.User} -> {use.Used}: {use.Where}; {Floors.Allowed(use.User)}.").ToList();
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_still_excused_is_still_done()
    {
        var uses = UsesOfFolders.Read(Isms).Select(u => (u.User, u.Used)).ToHashSet();
        Assert.Empty(FloorsToday.StillUse.Where(excused => !uses.Contains(excused) || Floors.MayUse(excused.User, excused.Used)));
    }
}
