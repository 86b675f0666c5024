using System.Text;
using System.Xml.Linq;
using Duomano.Core.Numerics;

namespace Duomano.Fuzz;

/// <summary>Damages the tree of an XML file, so that it stays well-formed and its meaning is what breaks.</summary>
public static class XmlDamage
{
    private const int MostChanges = 6;

    private static readonly string[] Values = ["", "0", "-1", "1", "2", "17", "1000000", "2147483648", "99999999999999999999", "1e300", "-1e300", "NaN", "0.0000001", "start", "stop", "begin", "end", "yes", "no", "A", "H", "whole", "1024th", "1, 2, 3", "1-99", "D.C. al Fine", "\u202E"];

    /// <summary>Changes some elements of one of the files.</summary>
    public static byte[] Apply(IReadOnlyList<XDocument> seeds, SeededRandom random)
    {
        var document = new XDocument(random.Choose(seeds));
        for (var change = random.Next(1 + random.Next(MostChanges)); change >= 0; change--) Change(document, random);
        return Encoding.UTF8.GetBytes(document.Root is null ? "" : document.Root.ToString(SaveOptions.DisableFormatting));
    }

    private static void Change(XDocument document, SeededRandom random)
    {
        XElement[] all = [.. document.Root!.DescendantsAndSelf()];
        var element = random.Choose(all);
        switch (random.Next(7))
        {
            case 0 when element.Parent is not null:
                element.Remove();
                break;
            case 1 when element.Parent is not null:
                for (var i = random.Next(4); i >= 0; i--) element.AddAfterSelf(new XElement(element));
                break;
            case 2 or 3:
                // The number or word of a leaf.
                XElement[] leaves = [.. all.Where(one => !one.HasElements)];
                if (leaves.Length > 0) random.Choose(leaves).Value = random.Choose(Values);
                break;
            case 4:
                XAttribute[] attributes = [.. all.SelectMany(one => one.Attributes())];
                if (attributes.Length == 0) break;
                var attribute = random.Choose(attributes);
                if (random.Next(3) == 0) attribute.Remove();
                else attribute.Value = random.Choose(Values);
                break;
            case 5:
                random.Choose(all).Add(new XElement(random.Choose(all)));
                break;
            default:
                element.Name = random.Choose(all).Name;
                break;
        }
    }
}
