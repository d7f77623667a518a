package io.kontor.sandbox;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One call's view of the records: its context, the companies it may see, and what it can do. */
final class Env {

  /** The one user, an administrator of all companies. */
  static final int USER = 2;

  private final Odoo odoo;
  private final Map<String, Object> context;
  private final List<Integer> companies;
  private final boolean superuser;

  private Env(Odoo odoo, Map<String, Object> context, List<Integer> companies, boolean superuser) {
    this.odoo = odoo;
    this.context = context;
    this.companies = companies;
    this.superuser = superuser;
  }

  /**
   * The view of a call with a context.
   *
   * @throws OdooFault if the context names a company that the user may not see
   */
  static Env of(Odoo odoo, Map<String, Object> context) {
    Row user = odoo.records().find("res.users", USER);
    List<Integer> own = user == null ? List.of() : Values.ids(user.get("company_ids"));
    List<Integer> allowed = Values.ids(context.get("allowed_company_ids"));
    if (!own.containsAll(allowed)) {
      throw OdooFault.access("Access to unauthorized or invalid companies.");
    }
    return new Env(odoo, context, allowed.isEmpty() ? own : allowed, false);
  }

  /** The view of the server itself, before there are users and beyond all companies. */
  static Env system(Odoo odoo) {
    return new Env(odoo, Map.of(), List.of(1), true);
  }

  Env with(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(context);
    changed.put(key, value);
    return new Env(odoo, changed, companies, superuser);
  }

  /** The same without company rules. */
  Env sudo() {
    return superuser ? this : new Env(odoo, context, companies, true);
  }

  /** The same for another current company. */
  Env forCompany(int company) {
    List<Integer> reordered = new ArrayList<>(companies);
    reordered.remove((Integer) company);
    reordered.add(0, company);
    return new Env(odoo, context, reordered, superuser);
  }

  Odoo odoo() {
    return odoo;
  }

  Map<String, Object> context() {
    return context;
  }

  /** The zone of the context, else the user's own: that of the times in the cells of a load. */
  ZoneId zone() {
    String named = Values.text(context.get("tz"));
    Row user = odoo.records().find("res.users", USER);
    String own = user == null ? "" : Values.text(user.get("tz"));
    return ZoneId.of(named.isEmpty() ? own.isEmpty() ? "UTC" : own : named);
  }

  boolean flag(String contextKey) {
    return Values.truth(context.get(contextKey));
  }

  OdooVersion version() {
    return odoo.version();
  }

  /** The current company: the first allowed one, else the user's own. */
  int company() {
    if (context.containsKey("allowed_company_ids") || superuser) {
      return companies.get(0);
    }
    Object own = odoo.records().find("res.users", USER).get("company_id");
    return own instanceof Integer id ? id : 1;
  }

  Model model(String name) {
    return odoo.schema().get(name);
  }

  /** The record, or null if there is none. */
  Row find(String model, Integer id) {
    return id == null ? null : odoo.records().find(model, id);
  }

  /**
   * The record.
   *
   * @throws OdooFault if there is none
   */
  Row row(String model, int id) {
    Row row = odoo.records().find(model, id);
    if (row == null) {
      throw OdooFault.missing(model, List.of(id));
    }
    return row;
  }

  /** The value of a field, stored, related or computed; null stands for Odoo's False. */
  Object value(Row row, String name) {
    Field field = model(row.model()).find(name);
    if (name.equals("id")) {
      return row.id();
    }
    if (name.equals("display_name")) {
      return model(row.model()).rules().displayName(this, row);
    }
    if (field.related()) {
      return follow(row, field.path());
    }
    if (field.computed()) {
      return model(row.model()).rules().compute(this, row, name);
    }
    if (field.type() == Field.Type.ONE2MANY) {
      return List.copyOf(odoo.records().where(field.target(), field.inverse(), row.id()));
    }
    Object value = row.get(name);
    return value == null ? Conversion.nothing(field) : value;
  }

  private Object follow(Row row, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return value(row, path);
    }
    Field step = model(row.model()).find(path.substring(0, dot));
    Row next = find(step.target(), id(row, step.name()));
    return next == null ? null : follow(next, path.substring(dot + 1));
  }

  Integer id(Row row, String field) {
    return value(row, field) instanceof Integer id ? id : null;
  }

  List<Integer> ids(Row row, String field) {
    return Values.ids(value(row, field));
  }

  List<Row> rows(Row row, String field) {
    String target = model(row.model()).find(field).target();
    return ids(row, field).stream().map(id -> row(target, id)).toList();
  }

  /** The record a many2one points to, or null. */
  Row to(Row row, String field) {
    return find(model(row.model()).find(field).target(), id(row, field));
  }

  BigDecimal decimal(Row row, String field) {
    return Values.decimal(value(row, field));
  }

  String text(Row row, String field) {
    return Values.text(value(row, field));
  }

  boolean truth(Row row, String field) {
    return Values.truth(value(row, field));
  }

  String displayName(String model, int id) {
    return model(model).rules().displayName(this, row(model, id));
  }

  /** Whether the record belongs to a company that this call may see, or to none. */
  boolean visible(Row row) {
    if (superuser) {
      return true;
    }
    Model model = model(row.model());
    List<Integer> owners =
        model.has("company_id")
            ? Values.ids(value(row, "company_id"))
            : model.has("company_ids") && !model.name().equals("res.users")
                ? ids(row, "company_ids")
                : List.of();
    return owners.isEmpty() || owners.stream().anyMatch(companies::contains);
  }

  /**
   * Refuses records that do not exist or belong to other companies.
   *
   * @param operation what is attempted: read, write or unlink
   */
  void check(String model, List<Integer> ids, String operation) {
    List<Integer> gone = ids.stream().filter(id -> find(model, id) == null).toList();
    if (!gone.isEmpty()) {
      throw OdooFault.missing(model, gone);
    }
    for (int id : ids) {
      Row row = row(model, id);
      if (!visible(row)) {
        throw CompanyWalls.hidden(this, row, operation);
      }
    }
  }

  /** The ids that match a domain, in the model's order. */
  List<Integer> search(String model, List<Object> domain) {
    return new Search(this, model, domain).ids("", 0, 0);
  }

  /** Records by the value of one indexed field, ascending. */
  List<Row> where(String model, String field, Object value) {
    return new TreeSet<>(odoo.records().where(model, field, value))
        .stream().map(id -> row(model, id)).toList();
  }

  int create(String model, Map<String, Object> values) {
    return new Writer(this).create(model, values);
  }

  void write(String model, int id, Map<String, Object> values) {
    new Writer(this).write(model, id, values);
  }

  void unlink(String model, int id) {
    new Writer(this).unlink(model, id);
  }
}
