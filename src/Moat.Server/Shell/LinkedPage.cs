using Microsoft.AspNetCore.Components;

namespace Moat.Server.Shell;

/// <summary>A page that somebody without an account opens by a link with a secret.</summary>
public abstract class LinkedPage : LoadedComponent
{
    /// <summary>The organisation, as its address names it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>What only those know who were given the link.</summary>
    [Parameter]
    public string Secret { get; set; } = "";

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;
}
