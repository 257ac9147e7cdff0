using System.Text.Json.Nodes;
using Moat.Isms.Incidents.Playbooks;
using Moat.Server.Shell;

namespace Moat.Server.Pages;

/// <summary>Reads the forms of a playbook's run, which name the step or thing that they are about.</summary>
internal static class RunForms
{
    /// <summary>A form with the name of what it is about.</summary>
    public static JsonObject With(IFormCollection form, Type input, string name, string value)
    {
        var json = Forms.Read(input, form);
        json[name] = value;
        return json;
    }

    /// <summary>The choice to stop the harm in a way, or to take that back.</summary>
    public static JsonObject Contain(IFormCollection form, RunItemView item)
    {
        var json = With(form, typeof(ChooseContainment), "option", item.Key);
        if (item.State == RunItemState.Done)
            json["undo"] = true;
        return json;
    }

    /// <summary>The end of a run, with its lessons one line each.</summary>
    public static JsonObject Finish(IFormCollection form)
    {
        var json = new JsonObject
        {
            ["lessons"] = new JsonArray([
                .. form["lessons"]
                    .ToString()
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(l => (JsonNode)l),
            ]),
        };
        foreach (var name in new[] { "result", "leftOutBecause" })
            if (form[name].ToString() is { Length: > 0 } text)
                json[name] = text;
        return json;
    }
}
