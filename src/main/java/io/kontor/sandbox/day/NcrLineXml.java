package io.kontor.sandbox.day;

import io.kontor.sandbox.day.Receipt.Line;
import io.kontor.sandbox.day.Receipt.Move;
import java.util.Locale;

/** Writes and numbers the line items of one NCR transaction. */
final class NcrLineXml {

  private final XmlText xml;
  private int lineNumber;
  private int step;

  NcrLineXml(XmlText xml) {
    this.xml = xml;
  }

  /** The cashier's next step: what she keyed or scanned, tenders too. */
  int nextStep() {
    step++;
    return step;
  }

  void item(Line line) {
    Product product = line.product();
    boolean voided = line.move() == Move.VOIDED;
    String element = line.move() == Move.RETURNED ? "Return" : "Sale";
    if (voided) {
      open("Keyed", "VoidFlag", "true");
    } else if (product.byWeight()) {
      open("Keyed", "acs:weightItem", "true");
    } else {
      open("Scanned");
    }
    String gtin = "0" + product.gtin();
    String department = Integer.toString(product.group().charAt(0) - 'A' + 1);
    xml.open(element, "ItemType", "Stock")
        .open("POSIdentity", "POSIDType", "GTIN")
        .leaf("POSItemID", gtin)
        .leaf("Qualifier", department)
        .close("POSIdentity")
        .leaf("ItemID", gtin)
        .leaf(
            "MerchandiseHierarchy",
            department,
            "Level",
            "Department",
            "acs:DepartmentDescription",
            "Department" + department)
        .leaf("Description", description(product))
        .leaf("RegularSalesUnitPrice", line.price().plain())
        .leaf("ExtendedAmount", line.amount().plain())
        .leaf("DiscountAmount", "0.00")
        .leaf("ExtendedDiscountAmount", "0.00")
        .leaf("Quantity", line.quantity().toPlainString())
        .leaf("acs:OperatorSequence", Integer.toString(nextStep()))
        .leaf("acs:ReportCode", "0")
        .leaf("acs:SaleableMediaID", "0");
    itemizers(product);
    xml.close(element).close("LineItem");
  }

  void itemizers(Product product) {
    if (product.taxedInUs()) {
      xml.leaf("acs:Itemizers", "97", "Tax1", "true", "Itemizer1", "true", "Itemizer2", "true");
    } else {
      xml.leaf(
          "acs:Itemizers",
          "112",
          "FoodStampable",
          "true",
          "Itemizer1",
          "true",
          "Itemizer2",
          "true");
    }
  }

  void reward(Line line) {
    open("acs:Auto");
    xml.open(
            "LoyaltyReward",
            "acs:membershipRequired",
            "true",
            "acs:detailedData",
            "true",
            "acs:summarizedActivity",
            "true")
        .leaf("PromotionID", "5123")
        .leaf("EventID", "1")
        .leaf("ReasonCode", "0")
        .leaf("acs:RewardLevel", "Item")
        .leaf("acs:RewardCategory", "Monetary")
        .leaf("acs:RewardType", "AmountOff")
        .leaf("acs:Itemizers", "0")
        .leaf("acs:CustomOfferID", "0")
        .leaf("acs:BaseRewardAmount", line.reward().abs().plain())
        .leaf("acs:ExtendedRewardAmount", line.reward().plain())
        .open("acs:RewardBasis")
        .leaf("acs:QuantityUsed", line.quantity().toPlainString())
        .leaf("acs:WeightUsed", "0.000")
        .leaf("acs:AmountUsed", line.amount().plain())
        .open("acs:POSIdentity", "POSIDType", "GTIN")
        .leaf("POSItemID", "0" + line.product().gtin())
        .close("acs:POSIdentity")
        .leaf("acs:ItemID", "0" + line.product().gtin())
        .leaf("acs:ItemDescription", description(line.product()))
        .close("acs:RewardBasis")
        .leaf("acs:OperatorSequenceReference", "1")
        .close("LoyaltyReward")
        .close("LineItem");
  }

  /** Opens a line item and numbers it. */
  void open(String entryMethod, String... attributes) {
    String[] all = new String[attributes.length + 2];
    System.arraycopy(attributes, 0, all, 0, attributes.length);
    all[attributes.length] = "EntryMethod";
    all[attributes.length + 1] = entryMethod;
    xml.open("LineItem", all).leaf("SequenceNumber", Integer.toString(++lineNumber));
  }

  private static String description(Product product) {
    String name = product.name().toUpperCase(Locale.ROOT);
    return "%-20s".formatted(name.length() > 20 ? name.substring(0, 20) : name);
  }
}
