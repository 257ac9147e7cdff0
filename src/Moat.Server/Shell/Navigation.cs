using System.Reflection;
using Microsoft.AspNetCore.Components;
using Moat.Isms.Kernel;
using Moat.Server.Auth;

namespace Moat.Server.Shell;

/// <summary>A page in the navigation.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Path">Below the organisation.</param>
/// <param name="Needs">Who may see it.</param>
/// <param name="Also">Further first segments of addresses that belong to it.</param>
internal sealed record NavPage(string Label, string Path, Permission Needs, params string[] Also)
{
    /// <summary>
    /// Whether it is shown only once the company operates its ISMS; before that it would only be in the way.
    /// </summary>
    public bool Later { get; init; }

    /// <summary>
    /// How well an address fits, so that of two pages that fit the nearer one is marked; 0 when it does not.
    /// </summary>
    public int Fits(string below)
    {
        if (below == Path)
            return Path.Length + 2;
        if (Path.Length > 0 && below.StartsWith(Path + "/", StringComparison.Ordinal))
            return Path.Length + 1;
        return Also.Any(a => below == a || below.StartsWith(a + "/", StringComparison.Ordinal)) ? 1 : 0;
    }
}

/// <summary>Pages that belong together: the first is shown always, the others while one of them is open.</summary>
/// <param name="Group">The heading that begins here, or none.</param>
/// <param name="Icon">Of the first page.</param>
/// <param name="Pages">In order.</param>
internal sealed record NavSection(string? Group, string Icon, IReadOnlyList<NavPage> Pages)
{
    /// <summary>The pages of it that a caller may see.</summary>
    public IReadOnlyList<NavPage> For(Caller caller, bool everything) =>
        [.. Pages.Where(p => caller.May(p.Needs) && (everything || !p.Later))];
}

/// <summary>
/// A page is in the navigation. Its place is a number: hundreds are the group (plan, do, check, act …), tens the
/// section, and the first page of a section is shown always, the others while one of them is open.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InNavigationAttribute(int at, string label) : Attribute
{
    /// <summary>Its place.</summary>
    public int At { get; } = at;

    /// <summary>What it is called.</summary>
    public string Label { get; } = label;

    /// <summary>The icon of the section; on its first page.</summary>
    public string? Icon { get; init; }

    /// <summary>Whether it is shown only once the company operates its ISMS.</summary>
    public bool Later { get; init; }

    /// <summary>Further first segments of addresses that belong to it.</summary>
    public string[] Also { get; init; } = [];
}

/// <summary>
/// Where everything is: grouped as the standard plans, does, checks and acts. Each page says itself where it stands.
/// </summary>
internal static class Navigation
{
    private static readonly string?[] Groups = [null, "Plan", "Do", "Check", "Act", "Whole"];

    public static IReadOnlyList<NavSection> All { get; } = [.. Sections()];

    private static IEnumerable<NavSection> Sections()
    {
        var pages = MoatPages
            .Assemblies.SelectMany(a => a.GetTypes())
            .Select(t => (Page: t, Place: t.GetCustomAttribute<InNavigationAttribute>()))
            .Where(p => p.Place is not null)
            .OrderBy(p => p.Place!.At)
            .ThenBy(p => p.Page.FullName, StringComparer.Ordinal)
            .ToList();
        var group = 0;
        foreach (var section in pages.GroupBy(p => p.Place!.At / 10))
        {
            var first = section.First().Place!;
            var (heading, here) = (first.At / 100 == group ? null : Groups[first.At / 100], first.At / 100);
            group = here;
            yield return new NavSection(
                heading,
                first.Icon ?? "circle",
                [.. section.Select(p => Of(p.Page, p.Place!))]
            );
        }
    }

    private static NavPage Of(Type page, InNavigationAttribute place)
    {
        var path = string.Join(
            '/',
            page.GetCustomAttributes<RouteAttribute>().First().Template.Trim('/').Split('/').Skip(1)
        );
        var needs =
            page.GetCustomAttribute<NeedsAttribute>()
            ?? throw new InvalidOperationException(
                $"The page {page.Name} is in the navigation and does not say who may see it."
            );
        return new NavPage(place.Label, path, needs.Permission, place.Also) { Later = place.Later };
    }
}
